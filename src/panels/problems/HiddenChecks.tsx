import { hideCheck } from '../../state/settings';
import { allRemarksOf } from '../../state/select';
import { useStore } from '../../state/store';

/** Checks that are not shown in this browser, with how often each would speak of this text; a click shows it again. */
export function HiddenChecks() {
  const hidden = useStore((state) => state.preferences.hiddenChecks);
  const all = useStore(({ analysis }) => allRemarksOf(analysis));
  if (hidden.length === 0) return null;
  const countOf = (id: string): number => all.filter(({ code, severity }) => code === id && severity !== 'error').length;
  return (
    <section className="hiddenchecks" aria-label="Hidden checks">
      Hidden in this browser:
      {hidden.map((id) => (
        <button
          key={id}
          type="button"
          className="chip"
          title={`Show ${id} again`}
          aria-label={`Show ${id} again, ${countOf(id)} here`}
          onClick={() => hideCheck(id, false)}
        >
          <code>{id}</code> {countOf(id)}
        </button>
      ))}
    </section>
  );
}
