import type { Remarks } from '../diagnostics';
import { entryOf, type SigmaEntry, type SigmaMap } from '../parse/yaml-node';

/** Rules of other tools that look like Sigma's. `isSigma`: most of it is read as Sigma reads it. */
interface Dialect {
  readonly tool: string;
  readonly isSigma: boolean;
  /** The key that tells. */
  readonly key: SigmaEntry;
}

const textOf = (entry: SigmaEntry | undefined): string => (entry?.value.kind === 'scalar' ? entry.value.text : '');

/** Whose rule a document is, where it is not Sigma's own: by the keys that only that tool has. */
export function dialectOf(root: SigmaMap): Dialect | null {
  const of = (key: string): SigmaEntry | undefined => entryOf(root, key);
  const kind = of('kind');
  // Chainsaw: https://github.com/WithSecureLabs/chainsaw/wiki/Chainsaw-Rules
  if (kind !== undefined && of('filter') !== undefined && of('logsource') === undefined && (of('timestamp') !== undefined || textOf(kind) === 'evtx'))
    return { tool: 'Chainsaw', isSigma: false, key: kind };
  // Hayabusa: https://github.com/Yamato-Security/hayabusa-rules
  const ruletype = of('ruletype');
  if (ruletype !== undefined && /^hayabusa$/i.test(textOf(ruletype))) return { tool: 'Hayabusa', isSigma: true, key: ruletype };
  const details = of('details');
  if (details !== undefined && of('detection') !== undefined && (of('sample-message') !== undefined || of('sample-evtx') !== undefined))
    return { tool: 'Hayabusa', isSigma: true, key: details };
  // Sekoia.io's rules wrap a detection in a payload of their own.
  const alert = of('alert_type') ?? of('alert_type_uuid') ?? of('alert_category');
  if (alert !== undefined && (of('pattern') ?? of('payload') ?? of('detection')) !== undefined)
    return { tool: 'Sekoia', isSigma: of('detection') !== undefined, key: alert };
  return null;
}

/** Says whose rule it is; true where nothing of it is read as Sigma. */
export function remarkDialect({ tool, isSigma, key }: Dialect, remarks: Remarks): boolean {
  remarks.remark(
    'sigma/other-dialect',
    key.keySpan,
    isSigma
      ? `This is a rule of ${tool}, whose dialect has more than Sigma; what Sigma does not have is left unread.`
      : `This is a rule of ${tool}, which is no Sigma document and is not read.`,
  );
  if (isSigma) remarks.soften();
  return !isSigma;
}
