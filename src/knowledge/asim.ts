import table from './asim.json';

/** What a parameter of a parser asks: the columns, any of which will do, and the Kusto operator or function that compares them. */
export interface AsimParameter {
  readonly columns: readonly string[];
  readonly op: string;
}

const rowOf = ([columns, op]: readonly string[]): AsimParameter => ({ columns: columns!.split(' '), op: op! });

const PARSERS: ReadonlyMap<string, ReadonlyMap<string, AsimParameter>> = new Map(
  table.schemas.flatMap(({ parsers, parameters }) => {
    const rows = new Map(Object.entries({ ...table.shared, ...parameters }).map(([name, row]) => [name, rowOf(row)]));
    return parsers.map((parser) => [parser, rows] as const);
  }),
);

/** Parameters that change no answer. */
export const ASIM_IGNORED: ReadonlySet<string> = new Set(table.ignored);

/** The filtering parameters of a unifying parser of ASIM by its name (`_Im_Dns`, `imDns`); undefined for any other function. */
export const asimParameters = (parser: string): ReadonlyMap<string, AsimParameter> | undefined => PARSERS.get(parser);
