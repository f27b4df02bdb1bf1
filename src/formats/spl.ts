import type { Format } from '../model';
import { spl } from '../languages/spl';
import { expand } from '../languages/spl/assist/expand';
import { bareFormat } from './bare';

/** A search without a container. */
export const splFormat: Format = {
  ...bareFormat(spl, { extensions: ['.spl', '.txt'], start: ({ point }) => point.spl }),
  expand: (text, _index, context) => expand(text, context),
};
