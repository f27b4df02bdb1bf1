import { refused, type Evaluate, type Row, type RunFunction, type Scope } from '../dialect';
import { isLength, type Value } from '../value';
import { add } from './kusto-arithmetic';
import { kustoOrder, kustoText, longOf } from './kusto-values';

/** Evaluates an argument for another row of the same table. */
function at(scope: Scope, index: number, evaluate: Evaluate): Value {
  const here = scope.at;
  scope.at = index;
  const value = evaluate(scope.rows![index]!);
  scope.at = here!;
  return value;
}

const neighbour = (direction: 1 | -1): RunFunction => ({
  lazy:
    ([value, offset, otherwise], scope) =>
    (row) => {
      if (scope.rows === undefined) throw refused('a row beside this one, where there are none');
      const by = offset === undefined ? 1 : Number(offset(row));
      const index = scope.at! + direction * by;
      if (index >= 0 && index < scope.rows.length) return at(scope, index, value!);
      // A text that is not there is empty.
      return otherwise !== undefined ? otherwise(row) : typeof value!(row) === 'string' ? '' : null;
    },
});

/** Something that grows from row to row, worked out for a whole table at once. */
function overRows<T>(scope: Scope, begin: (index: number) => { readonly value: T }, next: (before: T, index: number) => T): () => T {
  let rows: readonly Row[] | undefined;
  let values: T[] = [];
  return () => {
    if (scope.rows === undefined) throw refused('a row after another, where there are none');
    if (rows !== scope.rows) {
      rows = scope.rows;
      values = [];
    }
    while (values.length <= scope.at!) {
      const index = values.length;
      values.push(index === 0 ? begin(index).value : next(values[index - 1]!, index));
    }
    return values[scope.at!]!;
  };
}

const cumulative: RunFunction = {
  lazy: ([term, restart], scope) => {
    const valueAt = (index: number): Value => at(scope, index, term!);
    const read = overRows<Value>(
      scope,
      (index) => ({ value: valueAt(index) }),
      (before, index) => {
        const own = valueAt(index);
        if (restart !== undefined && at(scope, index, restart) === true) return own;
        return own === null ? before : before === null ? own : add(before, own);
      },
    );
    return () => read();
  },
};

const rowNumber: RunFunction = {
  lazy: ([start, restart], scope) => {
    const first = start === undefined ? 1n : (longOf(start({})) ?? 1n);
    const read = overRows<bigint>(
      scope,
      () => ({ value: first }),
      (before, index) => (restart !== undefined && at(scope, index, restart) === true ? first : before + 1n),
    );
    return () => read();
  },
};

const rank = (isDense: boolean): RunFunction => ({
  lazy: ([term, restart], scope) => {
    const read = overRows<{ rank: bigint; place: bigint }>(
      scope,
      () => ({ value: { rank: 1n, place: 1n } }),
      (before, index) => {
        if (restart !== undefined && at(scope, index, restart) === true) return { rank: 1n, place: 1n };
        const [own, last] = [at(scope, index, term!), at(scope, index - 1, term!)];
        const place = before.place + 1n;
        const isSame = own === last || (own !== null && last !== null && kustoText(own) === kustoText(last));
        return { rank: isSame ? before.rank : isDense ? before.rank + 1n : place, place };
      },
    );
    return () => read().rank;
  },
});

/** Where the session of each row began: a new one after too long since the first, or the last, row of it. */
const session: RunFunction = {
  lazy: ([term, whole, gap, restart], scope) => {
    const read = overRows<Value>(
      scope,
      (index) => ({ value: at(scope, index, term!) }),
      (began, index) => {
        const [own, last] = [at(scope, index, term!), at(scope, index - 1, term!)];
        const [most, between] = [at(scope, index, whole!), at(scope, index, gap!)];
        if (!isLength(most) || !isLength(between) || own === null || last === null || began === null)
          throw refused('a session of nulls, or by what is no length of time');
        const isOver = (from: Value, by: Value): boolean => (kustoOrder(own, add(from, by)) ?? -1) >= 0;
        return (restart !== undefined && at(scope, index, restart) === true) || isOver(began, most) || isOver(last, between) ? own : began;
      },
    );
    return () => read();
  },
};

/** Functions of Kusto that look at other rows. */
export const KUSTO_ROWS: readonly (readonly [string, RunFunction])[] = [
  ['prev', neighbour(-1)],
  ['next', neighbour(1)],
  ['row_cumsum', cumulative],
  ['row_number', rowNumber],
  ['row_rank_dense', rank(true)],
  ['row_rank_min', rank(false)],
  ['row_window_session', session],
];
