import { printDetection } from '../../../languages/sigma/print/detection';
import { keyText, quoted } from '../../../languages/sigma/print/scalar';
import type { Predicate, Refusal } from '../../../model';
import { gatheredAll } from '../../gather';
import { spanText, SUM_TYPES } from '../../joint/joint';
import { asksAll, refusedAt, type Several, type TargetJoint, type TargetPart, textOf } from '../../joint/target';
import { logsourceText } from '../logsource-text';

const BOUNDS: Readonly<Record<string, string>> = { equals: 'eq', less: 'lt', 'at-most': 'lte', greater: 'gt', 'at-least': 'gte' };

/** A correlation after the rules that it names. */
export const sigmaSeveral: Several = {
  slides: true,
  keyless: false,
  apart: false,
  separates: true,
  sums: new Set(SUM_TYPES),
  manySums: false,
  showsSums: false,
  isOrdered: true,
  estimates: new Set(),
  spans: 'needed',
  write(joint) {
    const refused: Refusal[] = [];
    const bodies = joint.parts.map((part) => bodyText(part, refused));
    const condition = conditionLines(joint);
    if (condition === null) return refusedAt(joint.condition.span, 'such a condition on a sum, or over rules');
    if (refused.length > 0) return { refused };
    const { parts, by } = joint;
    const type = joint.type === 'sums' ? joint.sums[0]!.type : joint.type;
    const isSame = (at: number): boolean => parts.every((part) => part.by[at]!.name === parts[0]!.by[at]!.name);
    const groups = by.map((name, at) => (isSame(at) ? parts[0]!.by[at]!.name : name));
    const aliases = by.flatMap((name, at) =>
      isSame(at) ? [] : [`        ${keyText(name)}:\n${parts.map((part) => `            ${keyText(part.name)}: ${quoted(part.by[at]!.name)}\n`).join('')}`],
    );
    const lines = [
      'correlation:\n',
      `    type: ${type}\n`,
      `    rules:\n${parts.map(({ name }) => `        - ${keyText(name)}\n`).join('')}`,
      groups.length === 0 ? '' : `    group-by:\n${groups.map((name) => `        - ${keyText(name)}\n`).join('')}`,
      `    timespan: ${spanText(joint.seconds!)}\n`,
      aliases.length === 0 ? '' : `    aliases:\n${aliases.join('')}`,
      condition,
    ];
    return {
      text: lines.join(''),
      rules: (title, id) =>
        parts.map(
          ({ name }, at) =>
            `title: ${quoted(parts.length === 1 ? title : `${title}: ${name}`)}\nid: ${id(name)}\nname: ${keyText(name)}\nstatus: experimental\n${bodies[at]!}`,
        ),
    };
  },
};

function bodyText({ predicate, logsource }: TargetPart, refused: Refusal[]): string {
  return logsourceText(logsource) + textOf(printDetection(gatheredAll(predicate)), refused);
}

/** The condition; null where there are no words for it. */
function conditionLines(joint: TargetJoint): string | null {
  const { type, condition, sums } = joint;
  if (type !== 'sums') {
    if (asksAll(joint)) return '';
    const text = ruleText(condition);
    return text === null ? null : `    condition: ${text}\n`;
  }
  const { of, percentile, type: kind } = sums[0]!;
  const bounds = boundsOf(condition);
  if (bounds === null || (bounds.length === 2 && new Set(bounds.map((bound) => bound[0])).size < 2) || bounds.length > 2) return null;
  const field =
    of.length === 0
      ? ''
      : of.length === 1
        ? `        field: ${quoted(of[0]!.name)}\n`
        : `        field:\n${of.map(({ name }) => `            - ${quoted(name)}\n`).join('')}`;
  return `    condition:\n${field}${bounds.map((bound) => `        ${bound}\n`).join('')}${kind === 'value_percentile' ? `        percentile: ${percentile ?? 50}\n` : ''}`;
}

function boundsOf(condition: Predicate): readonly string[] | null {
  if (condition.kind === 'all') {
    const bounds = condition.of.map(boundsOf);
    return bounds.includes(null) ? null : bounds.flatMap((one) => one!);
  }
  const isDenied = condition.kind === 'not';
  const test = isDenied ? condition.of : condition;
  if (test.kind !== 'test' || (isDenied && test.compare !== 'equals')) return null;
  const [value] = test.values;
  const word = isDenied ? 'neq' : BOUNDS[test.compare];
  return word !== undefined && value?.kind === 'literal' && /^-?\d+$/.test(value.text) ? [`${word}: ${value.text}`] : null;
}

/** A condition over names of rules. */
function ruleText(condition: Predicate): string | null {
  switch (condition.kind) {
    case 'all':
    case 'any': {
      const texts = condition.of.map((part) => {
        const text = ruleText(part);
        return text !== null && (part.kind === 'all' || part.kind === 'any') ? `(${text})` : text;
      });
      return texts.length === 0 || texts.includes(null) ? null : texts.join(condition.kind === 'all' ? ' and ' : ' or ');
    }
    case 'not': {
      const text = ruleText(condition.of);
      return text === null ? null : `not ${condition.of.kind === 'test' ? text : `(${text})`}`;
    }
    case 'test':
      return condition.compare === 'exists' && condition.left?.kind === 'field' && /^[\w-]+$/.test(condition.left.name) ? condition.left.name : null;
    case 'unread':
      return null;
    default:
      return condition satisfies never;
  }
}
