import { useMemo, useState } from 'react';
import type { ConversionAnswer } from '../../model';
import { copied } from '../../state/clipboard';
import { newDraft } from '../../state/drafts/documents';
import { CodeText } from '../../ui/CodeText';
import { Icon } from '../../ui/Icon';

const NOTHING: readonly never[] = [];

/** The text in the other language, to be read, copied, or opened as a draft; where it cannot be said, that. */
export function ConvertedText({ answer, title }: { readonly answer: ConversionAnswer; readonly title: string }) {
  const { conversion, tokens, format } = answer;
  const [said, setSaid] = useState('');
  const colours = useMemo(() => tokens.map(({ start, end, type }) => ({ start, end, className: `t-${type}` })), [tokens]);
  const { text, proof } = conversion;
  if (text === null)
    return <p className="convert-refused">Not all of the rule can be said in this language, so nothing is written. What cannot is listed below.</p>;
  const copy = async (): Promise<void> => {
    setSaid((await copied(text)) ? 'Copied.' : 'The browser did not let the text be copied. Select it here and copy it.');
  };
  return (
    <div className="convert-text">
      <div className="convert-bar">
        <ProofLine readsBack={proof.readsBack} />
        <output className="label">{said}</output>
        <span className="space" />
        <button type="button" className="btn" onClick={() => void copy()}>
          Copy converted text
        </button>
        <button type="button" className="btn" onClick={() => newDraft({ text, format, name: title })}>
          Open as a draft
        </button>
      </div>
      {/* What scrolls and holds no control is reached by the keyboard itself. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className="convert-code inset-focus" aria-label="Converted text" tabIndex={0}>
        <CodeText text={text} colours={colours} lit={NOTHING} />
      </section>
    </div>
  );
}

/** Whether the text was read again, and what came of it. */
function ProofLine({ readsBack }: { readonly readsBack: boolean | null }) {
  if (readsBack === null) return <span className="convert-proof">No parser here reads this language: the text was not read again.</span>;
  return (
    <span className={readsBack ? 'convert-proof ok' : 'convert-proof warn'}>
      <Icon name={readsBack ? 'check' : 'warning'} size="small" />
      {readsBack ? 'Read again, it gives the conditions it was written from.' : 'Read again, it does not give the conditions it was written from: check it.'}
    </span>
  );
}
