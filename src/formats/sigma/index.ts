import { LANGUAGES } from '../../languages/registry';
import { bareFormat } from '../bare';

export const sigmaFormat = bareFormat(LANGUAGES.get('sigma')!, { extensions: ['.yml', '.yaml'], detect: () => 0.1 });
