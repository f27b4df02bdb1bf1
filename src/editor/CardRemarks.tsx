import { type Diagnostic, fixesOf } from '../model';
import { applyFix } from '../state/threads/guide';
import { Icon } from '../ui/Icon';

/** What is remarked on the place, each with its fixes. */
export function CardRemarks({ remarks, onFix }: { readonly remarks: readonly Diagnostic[]; readonly onFix: () => void }) {
  return (
    <ul className="remarks" aria-live="polite">
      {remarks.map(({ code, severity, message, span, ...remark }) => (
        <li key={`${code} ${span.start}`}>
          <Icon name={severity} className={severity} />
          <span>
            {message} <span className="code">{code}</span>
            {fixesOf(remark).map((fix) => (
              <button
                key={fix.title}
                type="button"
                className="btn add"
                onClick={() => {
                  applyFix(fix);
                  onFix();
                }}
              >
                {fix.title}
              </button>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}
