import { scopesOf } from './report';
import { localField, pathField } from '../knowledge/fields';
import type { Addition, Operator, Report, Triple } from '../model';

/** A guide's row in the draft's own words: its field as this draft's taxonomy and scopes call it; a field no table knows keeps its name. */
export function toLocalField(report: Report | undefined, row: Triple, polarity: Addition['polarity']): Addition {
  const { field, kind: op, value } = row;
  if (report === undefined) return { polarity, field, op, value };
  const { taxonomy } = report.rule;
  const scopes = scopesOf(report.rule);
  const own = localField(taxonomy, scopes, field);
  if (own !== null) return { polarity, field: own, op, value };
  const path = pathField(field);
  const ownPath = path === null ? null : localField(taxonomy, scopes, path);
  return ownPath === null ? { polarity, field, op, value } : { polarity, field: ownPath, ...onPath(op, value, separatorOf(report)) };
}

/** A comparison of a file name as one of the path that ends in it. */
function onPath(op: Operator, value: string, separator: string): { readonly op: Operator; readonly value: string } {
  if (op === 'eq' || op === 'in') return { op: 'ends_with', value: separator + value };
  return op === 'starts_with' ? { op: 'contains', value: separator + value } : { op, value };
}

const separatorOf = ({ platforms }: Report): string =>
  !platforms.includes('windows') && (platforms.includes('linux') || platforms.includes('macos')) ? '/' : '\\';
