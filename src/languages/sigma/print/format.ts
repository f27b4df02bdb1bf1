import { layOutYaml } from '../../../syntax/yaml-layout';

/** The YAML indented as the public rules are; words, their order and all comments as they are. Null where the YAML is not sound. */
export const format = (text: string): string | null => layOutYaml(text);
