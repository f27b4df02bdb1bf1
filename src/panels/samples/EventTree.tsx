import type { Event, SampleField } from '../../model';
import { ValueText } from '../../ui/ValueText';
import { counted } from '../format';

interface EventTreeProps {
  readonly event: Event;
  /** What the rule reads of it. */
  readonly fields: readonly SampleField[];
  /** The rule's names of those that decide. */
  readonly deciding: readonly string[];
}

interface Line {
  readonly name: string;
  /** As the event calls it, where the rule calls it otherwise. */
  readonly own: string;
  readonly value: string | null;
}

/** An event to be read: first what the rule reads, under the rule's names, then all of it, objects as groups of their own. */
export function EventTree({ event, fields, deciding }: EventTreeProps) {
  const entries = Object.entries(event);
  const plain = entries.filter(([, value]) => !isObject(value)).map(([name, value]) => lineOf(name, value));
  const found = fields.filter(({ value }) => value !== null).length;
  return (
    <table className="event-fields fixed" aria-label="Fields">
      {fields.length === 0 ? null : (
        <Group title="Read by the rule" note={`${found} of ${counted(fields.length, 'field')} found`} lines={fields} lit={deciding} />
      )}
      {plain.length === 0 ? null : <Group title="The event" lines={plain} />}
      {entries.map(([name, value]) => (isObject(value) ? <Group key={name} title={name} lines={flat(value)} /> : null))}
    </table>
  );
}

interface GroupProps {
  readonly title: string;
  readonly note?: string;
  readonly lines: readonly Line[];
  readonly lit?: readonly string[];
}

const Group = ({ title, lines, note = counted(lines.length, 'field'), lit = [] }: GroupProps) => (
  <tbody>
    <tr className="group">
      <th colSpan={2} scope="rowgroup">
        {title} <small>{note}</small>
      </th>
    </tr>
    {lines.map(({ name, own, value }) => (
      <tr key={name} className={lit.includes(name) ? 'decides' : undefined}>
        <th scope="row">
          {name}
          {own === '' ? null : <small>{own}</small>}
        </th>
        <td className="value">{value === null ? <span className="label">not in this event</span> : <ValueText text={value} />}</td>
      </tr>
    ))}
  </tbody>
);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

const lineOf = (name: string, value: unknown): Line => ({ name, own: '', value: typeof value === 'string' ? value : JSON.stringify(value) });

/** Fields of objects inside others under their dotted names. */
const flat = (bag: Readonly<Record<string, unknown>>, path = ''): readonly Line[] =>
  Object.entries(bag).flatMap(([name, value]) =>
    isObject(value) && Object.keys(value).length > 0 ? flat(value, `${path}${name}.`) : [lineOf(path + name, value)],
  );
