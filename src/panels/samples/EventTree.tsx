import type { Event, SampleField } from '../../model';
import { Disclosure } from '../../ui/layout/Disclosure';
import { ValueText } from '../../ui/ValueText';
import { counted } from '../format';

interface EventTreeProps {
  readonly event: Event;
  /** What the rule reads of it. */
  readonly fields: readonly SampleField[];
  /** The rule's names of those that decide. */
  readonly deciding: readonly string[];
}

/** An event to be read: first what the rule reads, under the rule's names, then all of it, objects as groups of their own. */
export function EventTree({ event, fields, deciding }: EventTreeProps) {
  const found = fields.filter(({ value }) => value !== null).length;
  const groups = Object.entries(event).flatMap(([name, value]) => (isObject(value) ? [{ name, entries: flat(value) }] : []));
  const plain = Object.entries(event).filter(([, value]) => !isObject(value));
  return (
    <>
      {fields.length === 0 ? null : (
        <Disclosure title="Read by the rule" count={`${found} of ${counted(fields.length, 'field')} found`} isOpen>
          <table className="event-fields fixed" aria-label="Fields that the rule reads">
            <tbody>
              {fields.map(({ name, own, value }) => (
                <tr key={name} className={deciding.includes(name) ? 'decides' : undefined}>
                  <th scope="row">
                    {name}
                    {own === '' ? null : <small>{own}</small>}
                  </th>
                  <td className="value">{value === null ? <span className="label">not in this event</span> : <ValueText text={value} />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Disclosure>
      )}
      {plain.length === 0 ? null : <Group title={groups.length === 0 ? 'The event' : 'Its own fields'} entries={plain} isOpen />}
      {groups.map(({ name, entries }) => (
        <Group key={name} title={name} entries={entries} />
      ))}
    </>
  );
}

interface GroupProps {
  readonly title: string;
  readonly entries: readonly (readonly [string, unknown])[];
  readonly isOpen?: boolean;
}

const Group = ({ title, entries, isOpen = false }: GroupProps) => (
  <Disclosure title={title} count={counted(entries.length, 'field')} isOpen={isOpen}>
    <table className="event-fields fixed" aria-label={title}>
      <tbody>
        {entries.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="value">
              <ValueText text={typeof value === 'string' ? value : JSON.stringify(value)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </Disclosure>
);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fields of objects inside others under their dotted names. */
const flat = (bag: Readonly<Record<string, unknown>>, path = ''): readonly (readonly [string, unknown])[] =>
  Object.entries(bag).flatMap(([name, value]) =>
    isObject(value) && Object.keys(value).length > 0 ? flat(value, `${path}${name}.`) : [[path + name, value] as const],
  );
