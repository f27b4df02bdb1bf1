import { vendorName } from '../../knowledge/families';
import type { FiredRule, FiresAnswer } from '../../model';
import { counted } from '../../panels/format';
import { VendorLetter } from '../../panels/Vendor';
import { useStore } from '../../state/store';
import { Disclosure } from '../../ui/layout/Disclosure';
import { Narrowing } from '../../ui/layout/SidebarLayout';
import { Severity } from '../../ui/Severity';
import { useSingle } from '../../ui/useMedia';
import { type FiresView, severitiesOf, standingOf, vendorsOf } from './firesView';

interface FiresRailProps {
  readonly answer: FiresAnswer;
  /** Rules of the verdict that is chosen. */
  readonly shown: readonly FiredRule[];
  readonly view: FiresView;
  readonly onView: (part: Partial<FiresView>) => void;
}

/** The logs, and what the rules can be narrowed by. */
export function FiresRail({ answer, shown, view, onView }: FiresRailProps) {
  const logs = useStore((state) => state.fires.logs);
  // In one column what fired would stand below a screen of choices.
  const isSingle = useSingle();
  const fired = answer.rules.filter((rule) => standingOf(rule) === 'fired').length;
  const { several, nothing, unnamed } = answer.notJudged;
  return (
    <>
      <Disclosure title="Verdict" isOpen={!isSingle} level={2}>
        <Narrowing isChosen={view.standing === 'fired'} onToggle={() => onView({ standing: 'fired' })} count={fired} title={counted(fired, 'rule')}>
          Fired
        </Narrowing>
        <Narrowing
          isChosen={view.standing === 'cannot-tell'}
          onToggle={() => onView({ standing: 'cannot-tell' })}
          count={answer.rules.length - fired}
          title="Rules of which it cannot be told whether they fire on some event: a part is not read, or the events do not say what it asks"
        >
          Cannot tell
        </Narrowing>
        <dl className="outside">
          <dt>Did not fire</dt>
          <dd>{answer.didNot.toLocaleString('en')}</dd>
          <dt>Not judged here</dt>
          <dd>{(several + nothing + unnamed).toLocaleString('en')}</dd>
          <dt className="inner">need several events</dt>
          <dd>{several.toLocaleString('en')}</dd>
          <dt className="inner">no condition is kept</dt>
          <dd>{nothing.toLocaleString('en')}</dd>
          <dt className="inner">their fields have no name here</dt>
          <dd>{unnamed.toLocaleString('en')}</dd>
        </dl>
      </Disclosure>
      <Disclosure title="Severity" count={shown.length} isOpen={!isSingle} level={2}>
        {severitiesOf(shown).map(({ value, rules }) => (
          <Narrowing
            key={value}
            isChosen={view.severity === value}
            onToggle={() => onView({ severity: view.severity === value ? '' : value })}
            count={rules}
            title={counted(rules, 'rule')}
          >
            <Severity level={value} />
          </Narrowing>
        ))}
      </Disclosure>
      <Disclosure title="Rules" count={shown.length} isOpen={!isSingle} level={2}>
        {vendorsOf(shown).map(({ value, rules }) => (
          <Narrowing
            key={value}
            isChosen={view.vendor === value}
            onToggle={() => onView({ vendor: view.vendor === value ? '' : value })}
            count={rules}
            title={counted(rules, 'rule')}
          >
            <VendorLetter vendor={value} named />
            {vendorName(value)}
          </Narrowing>
        ))}
      </Disclosure>
      <Disclosure title="Logs" count={logs.length} level={2} isOpen={!isSingle}>
        <ul className="loglist">
          {logs.map(({ name, size }, at) => (
            <li key={at}>
              <span className="clip" title={name}>
                {name}
              </span>
              <span className="count">{size < 100_000 ? `${Math.ceil(size / 1000)} kB` : `${(size / 1_000_000).toFixed(1)} MB`}</span>
            </li>
          ))}
        </ul>
      </Disclosure>
    </>
  );
}
