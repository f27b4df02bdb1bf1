import type { Relations } from '../../model';
import { pathOf } from '../../state/links/routes';
import { Icon } from '../../ui/Icon';
import { answerOf, type Whose } from './words';

interface RelationsAnswerProps {
  readonly relations: Relations;
  readonly whose: Whose;
}

const ICONS = { covered: 'check', 'not-covered': 'none', 'not-told': 'info' } as const;

/** "Is this already covered?", answered. */
export function RelationsAnswer({ relations, whose }: RelationsAnswerProps) {
  const { kind, before, rule, after } = answerOf(relations, whose);
  return (
    <p className={`relanswer ${kind}`}>
      <Icon name={ICONS[kind]} size="small" /> {before} {rule === null ? null : <a href={`#${pathOf.rule(rule)}`}>{rule.title}</a>}
      {rule === null ? ' ' : ', '}
      {after}
    </p>
  );
}
