import type { Logsource } from '../../knowledge/logsources';
import type { ConversionOptions, Operand, Printed, Refusal, Span, StartingPoint } from '../../model';
import { placeOf } from '../../syntax/predicates';
import type { Joint, JointPart, Sum, SumType, Ways } from './joint';

/** One of the conditions as the target says it. */
export interface TargetPart extends JointPart {
  readonly point: StartingPoint | null;
  readonly logsource: Logsource | null;
  /** What is read, as the target writes it, where the asker or the original says so. */
  readonly source: string | null;
}
export type TargetJoint = Joint<TargetPart>;

/** What a function of a pipeline measures. */
export interface Measured extends Pick<Sum, 'type' | 'of' | 'percentile'> {
  readonly isEstimate: boolean;
}

/** How a pipeline's sums are read. */
interface PipelineReading {
  /** The columns that hold when an event happened, and the functions that round a time. */
  readonly times: ReadonlySet<string>;
  readonly bins: ReadonlySet<string>;
  measure(fn: string, args: readonly Operand[]): Measured | null;
}

/** What a target asks of several events, and how it writes it. */
export interface Several extends Ways {
  /** What it sums up; whether one condition may ask for several numbers. */
  readonly sums: ReadonlySet<SumType>;
  readonly manySums: boolean;
  /** Whether it also says sums of which nothing is asked. */
  readonly showsSums: boolean;
  /** Whether it asks for events one after another. */
  readonly isOrdered: boolean;
  /** Numbers that it gives by estimate. */
  readonly estimates: ReadonlySet<SumType>;
  /** Whether there must be a stretch of time, may be one, or whether samples in any order have none. */
  readonly spans: 'needed' | 'free' | 'ordered';
  /** What is lost where no column is known to hold an event's time. */
  readonly unsaidTime?: string;
  /** Whether each condition reads its own class of events. */
  readonly separates: boolean;
  /** Where all are read together: the field that tells the classes apart, with its value; null: nothing does. */
  telling?(points: readonly (StartingPoint | null)[]): readonly (readonly [field: string, value: string])[] | null;
  readonly pipeline?: PipelineReading;
  /** `source`: what all parts read. */
  write(joint: TargetJoint, source: string | null, columns: ConversionOptions['columns']): PrintedJoint;
}

/** A text, with what it must be read back as where it says the same in another form, and the rules it names as documents of their own. */
type PrintedJoint = Printed & {
  readonly as?: TargetJoint;
  readonly rules?: (title: string, id: (name: string) => string) => readonly string[];
};

/** A part's text; where there is none, why is among `refused`. */
export function textOf(printed: Printed, refused: Refusal[]): string {
  if ('text' in printed) return printed.text;
  for (const one of printed.refused) refused.push(one);
  return '';
}

/** Whether all parts must be there. */
export const asksAll = ({ condition, parts }: TargetJoint): boolean =>
  condition.kind === 'all' &&
  (condition.of.length === 0 ||
    (condition.of.length === parts.length &&
      parts.every(({ name }) =>
        condition.of.some((one) => one.kind === 'test' && one.compare === 'exists' && one.left?.kind === 'field' && one.left.name === name),
      )));

export const refusedAt = (span: Span, why: string): { readonly refused: readonly [{ readonly span: Span; readonly why: string }] } => ({
  refused: [{ span: placeOf(span), why }],
});
