import { localFunction } from '../../knowledge/functions';
import { print } from '../../languages/spl/print/print';
import { spl } from '../../languages/spl';
import { searchName } from '../../languages/spl/print/values';
import type { FieldRef, Refusal, StartingPoint } from '../../model';
import type { Manner, Target } from '../manner';
import { dataSetOf } from '../points';
import { falseForMissing, hasPlainStar } from './conditions';
import { setOf, whereIn } from './data-set';
import { splSeveral } from './several/spl';
import { tstatsSeveral } from './several/tstats';

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

/** The columns of a search over a data model that say who and where. */
const SHOWN = ['dest', 'user'];

const { sourceAs: _sourceAs, shape: _shape, ...ofEvents } = splTarget;

const modelManner: Manner = { ...manner, regex: null, fieldsCompare: false, anywhere: null };

/** Searches of accelerated data models: words of a search alone, over the fields the model has. */
export const tstatsTarget: Target = {
  ...ofEvents,
  id: 'tstats',
  label: 'SPL, tstats',
  manner: modelManner,
  unsourced: null,
  needs: { what: 'data set', why: 'no data model is known to hold these events' },
  several: tstatsSeveral(modelManner),
  write({ predicate, point }) {
    const set = setOf(point!);
    const refused: Refusal[] = [];
    const where = whereIn(predicate, set, refused);
    if (where === null) return { demands: predicate, printed: { refused } };
    const by = SHOWN.map((name) => set.prefix + name).join(' ');
    return {
      demands: predicate,
      printed: { text: `| tstats count min(_time) as firstTime max(_time) as lastTime from datamodel=${set.name} where ${where} by ${by}` },
    };
  },
};
