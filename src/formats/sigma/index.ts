import type { Context, Format, Opened, Rule, Token } from '../../model';
import { addTo } from '../../languages/sigma/print/add';
import { openSigma } from '../../languages/sigma/lower/documents';
import { sigma } from '../../languages/sigma';
import { yamlSure } from '../yaml-look';
import { sigmaFileName } from './file-name';
import { sigmaFolder } from './folder';
import { metadataOf, namesOf } from './metadata';
import { skeletonsOf, withSkeletons } from '../skeletons';
import { startSigma } from './start';
import { leftBySigma, writeSigma } from './write';

/** Sigma's container is its syntax: the YAML is parsed once, each document is a rule, a correlation or a filter. */
export const sigmaFormat: Format = {
  id: 'sigma',
  label: 'Sigma',
  language: 'sigma',
  extensions: ['.yml', '.yaml', '.json'],
  detect: (text) => yamlSure('sigma', text),
  open,
  suggest: (text, offset, context) => withSkeletons(sigma.suggest(text, offset, context), text, offset, () => skeletonsOf(startSigma)),
  hover: (text, offset, context) => sigma.hover(text, offset, context),
  signature: () => null,
  namings: (text, context) => sigma.namings?.(text, context) ?? [],
  add: addTo,
  queriesOf: (text) => [{ text, language: sigma, rewrite: (written) => ({ span: { start: 0, end: text.length }, text: written }) }],
  start: startSigma,
  write: { languages: ['sigma'], text: writeSigma, left: leftBySigma },
  regressionFolders: true,
  fileName,
  folder: sigmaFolder,
};

function open(text: string, _context: Context): Opened {
  const { documents, diagnostics, colour } = openSigma(text);
  const byName = namesOf(documents);
  const rules = documents.map((document): Rule => ({
    span: document.span,
    meta: metadataOf(document, byName),
    analysis: document.analysis,
    taxonomy: 'sigma',
  }));
  let tokens: readonly Token[] | null = null;
  return {
    format: 'sigma',
    rules,
    get tokens() {
      return (tokens ??= colour());
    },
    diagnostics,
  };
}

function fileName(rule: Rule | undefined): string {
  if (rule === undefined) return sigmaFileName('detection', { product: '', category: '', service: '' }, '');
  const part = (name: string): string => new RegExp(`(?:^|, )${name} ([^,;]+)`).exec(rule.meta.logsource)?.[1] ?? '';
  return sigmaFileName(rule.meta.kind, { product: part('product'), category: part('category'), service: part('service') }, rule.meta.title);
}
