import { localFunction } from '../../knowledge/functions';
import { print } from '../../languages/spl/print/print';
import { searchText } from '../../languages/spl/print/search';
import { spl } from '../../languages/spl';
import { searchName } from '../../languages/spl/print/values';
import type { FieldRef, Predicate, Refusal, StartingPoint } from '../../model';
import type { Manner, Target } from '../manner';
import { dataSetOf } from '../points';
import { falseForMissing, hasPlainStar } from './conditions';
import { splSeveral } from './several/spl';

const manner: Manner = {
  missing: falseForMissing,
  emptyIsValue: true,
  saysAbsent: false,
  letters: 'fold',
  functions: 'spl',
  lower: localFunction('scalar', 'lower', 'spl')!,
  globs: (parts) => !parts.includes('any-char') && !hasPlainStar(parts),
  literals: (text) => !/[*]/.test(text) && !/^[\d.:a-fA-F]+\/\d{1,3}$/.test(text),
  regex: { dialect: 'pcre', fold: 'flag', word: 'match' },
  lists: 'together',
  globWord: 'classified',
  anywhere: 'word',
  anywhereWord: 'term',
  wordsDiffer: 'Terms of the raw event are sought instead of parts of any value',
  hasWords: false,
  cidr: 'eq',
  fieldsCompare: true,
  manyValues: true,
  truthIsText: true,
};

export const splTarget: Target = {
  id: 'spl',
  label: 'SPL',
  language: 'spl',
  container: null,
  taxonomy: 'cim',
  manner,
  namesByTable: true,
  scopes: scopesOf,
  scoping: () => [],
  sourceAs: (source) => spl.analyse(source, { languages: new Map() }).predicate,
  write: ({ predicate }) => ({ demands: predicate, printed: print(predicate) }),
  several: splSeveral(manner),
  shape(shape) {
    const refused: Refusal[] = [];
    const name = (field: FieldRef): string => searchName(field, refused) ?? '';
    const text =
      shape.kind === 'keep'
        ? `table ${shape.of.map(name).join(', ')}`
        : shape.kind === 'sort'
          ? `sort 0 ${shape.by.map(({ of, descending }) => (descending ? '- ' : '') + name(of)).join(', ')}`
          : `head ${shape.count}`;
    return refused.length > 0 ? null : text;
  },
  unsourced: { why: 'Which index holds these events is not said: all that a search reads by default is read', effect: 'looser', always: true },
};

function scopesOf(point: StartingPoint): readonly string[] {
  const set = dataSetOf(point);
  return set === null ? [] : [set.slice(set.indexOf('.') + 1).toLowerCase()];
}

/** In a data model a field's name begins with that of its data set; it is read back without. */
function prefixed(node: Predicate, prefix: string): Predicate {
  if (node.kind === 'all' || node.kind === 'any') return { ...node, of: node.of.map((part) => prefixed(part, prefix)) };
  if (node.kind === 'not') return { ...node, of: prefixed(node.of, prefix) };
  return node.kind === 'test' && node.left?.kind === 'field' ? { ...node, left: { ...node.left, name: prefix + node.left.name } } : node;
}

/** The columns of a search over a data model that say who and where. */
const SHOWN = ['dest', 'user'];

const { several: _several, sourceAs: _sourceAs, shape: _shape, ...withoutSeveral } = splTarget;

/** Searches of accelerated data models: words of a search alone, over the fields the model has. */
export const tstatsTarget: Target = {
  ...withoutSeveral,
  id: 'tstats',
  label: 'SPL, tstats',
  manner: { ...manner, regex: null, fieldsCompare: false, anywhere: null },
  unsourced: null,
  needs: { what: 'data set', why: 'no data model is known to hold these events' },
  mannerAt: (point) => (point === null || dataSetOf(point) === null ? null : { ...manner, regex: null, fieldsCompare: false, anywhere: null }),
  write({ predicate, point }) {
    const set = dataSetOf(point!)!;
    const prefix = `${set.slice(set.indexOf('.') + 1)}.`;
    const refused: Refusal[] = [];
    const where = searchText(prefixed(predicate, prefix), refused);
    if (where === null) return { demands: predicate, printed: { refused } };
    const by = SHOWN.map((name) => prefix + name).join(' ');
    return {
      demands: predicate,
      printed: { text: `| tstats count min(_time) as firstTime max(_time) as lastTime from datamodel=${set} where ${where} by ${by}` },
    };
  },
};
