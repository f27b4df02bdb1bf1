import type { ConversionAnswer } from '../../model';
import { copied } from '../../state/clipboard';
import { download } from '../../state/download';
import { newDraft } from '../../state/drafts/documents';
import { notify } from '../../state/notices';
import { useActive, vendorOfLanguage } from '../../state/select';
import { useStore } from '../../state/store';
import { Banner } from '../../ui/Banner';
import { Empty } from '../../ui/Empty';
import { agoOf, useNow } from '../format';
import { VendorLetter } from '../Vendor';
import { ConvertedCode } from './ConvertedCode';
import { useHasError, useHeldSince } from './losses';
import './convert.css';

const SECOND = 1000;

/** The text in the other language, to be read, copied, exported or opened as a draft; where it cannot be said, that. */
export default function Converted() {
  const { answer } = useStore((state) => state.conversion);
  const heldSince = useHeldSince();
  const now = useNow(SECOND);
  const hasError = useHasError();
  if (answer === null) return <Empty title="Nothing here yet">The rule in another language stands here once it is written.</Empty>;
  return (
    <section className="converted" aria-label="Converted">
      <Head answer={answer} />
      {heldSince === null ? null : <Banner kind="warning">Of the draft as it was before its error, {agoOf(Math.max(0, now - heldSince))}.</Banner>}
      {answer.conversion.text === null ? (
        <p className="convert-refused">
          {hasError
            ? 'The draft has an error, so nothing is written.'
            : 'Not all of the rule can be said in this language, so nothing is written. What cannot is listed with the losses.'}
        </p>
      ) : (
        <ConvertedCode answer={answer} text={answer.conversion.text} />
      )}
    </section>
  );
}

function Head({ answer }: { readonly answer: ConversionAnswer }) {
  const { conversion, format, fileName, targets } = answer;
  const label = targets.find(({ id }) => id === conversion.to)?.label ?? '';
  const vendor = useStore(({ registry }) => vendorOfLanguage(registry, registry?.formats.find(({ id }) => id === format)?.language ?? ''));
  const { text } = conversion;
  const isHeld = useHeldSince() !== null;
  return (
    <header className="converted-head">
      {vendor === null ? null : <VendorLetter vendor={vendor} named />}
      <b>{label}</b>
      <span className="label">{isHeld ? 'from before the error' : 'follows the draft'}</span>
      <span className="space" />
      {text === null ? null : (
        <>
          <button type="button" className="btn plain" aria-label="Copy converted text" onClick={() => void copy(text)}>
            Copy
          </button>
          <button type="button" className="btn plain" aria-label="Export converted text" onClick={() => download(fileName, 'text/plain', text)}>
            Export
          </button>
          {vendor === null ? null : <OpenButton text={text} format={format} />}
        </>
      )}
    </header>
  );
}

function OpenButton({ text, format }: { readonly text: string; readonly format: string }) {
  const name = useActive()?.report.rule.meta.title ?? '';
  const isStale = useHeldSince() !== null;
  return (
    <button
      type="button"
      className="btn primary"
      aria-disabled={isStale}
      title={isStale ? 'The draft has an error: this is the text from before it' : undefined}
      onClick={() => {
        if (!isStale) newDraft({ text, format, name });
      }}
    >
      Open as a draft
    </button>
  );
}

async function copy(text: string): Promise<void> {
  if (await copied(text)) notify('info', 'Converted text copied.');
  else notify('error', 'The browser did not let the text be copied. Select it and copy it there.');
}
