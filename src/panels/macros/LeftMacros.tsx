import type { Expansion } from '../../model';
import { showMacros } from '../../state/macros';
import { Banner } from '../../ui/Banner';
import { leftFor } from './expansionParts';

/** What stands as it was written, and why: each reason once. */
export function LeftMacros({ expansion }: { readonly expansion: Expansion }) {
  const unknown = leftFor(expansion, 'unknown');
  return (
    <>
      {leftFor(expansion, 'cycle').map(({ call, path }) => (
        <Banner key={call} kind="error">
          The definition of {path.at(-1)} leads back to itself: {path.join(' → ')}. It stands as it is written.
        </Banner>
      ))}
      {leftFor(expansion, 'limit').length === 0 ? null : (
        <Banner kind="warning">The whole would get too long: the last macros stand as they are written.</Banner>
      )}
      {unknown.length === 0 ? null : (
        <Banner
          kind="info"
          actions={
            <button type="button" className="btn" onClick={() => showMacros(true)}>
              Add definitions
            </button>
          }
        >
          No definition is known for <Names of={unknown.map(({ call }) => call)} />: {unknown.length === 1 ? 'it stands' : 'they stand'} as written.
        </Banner>
      )}
    </>
  );
}

const SHOWN = 6;

const Names = ({ of }: { readonly of: readonly string[] }) => (
  <>
    {of.slice(0, SHOWN).map((name, index) => (
      <span key={name}>
        {index === 0 ? '' : ', '}
        <code>{name}</code>
      </span>
    ))}
    {of.length > SHOWN ? ` and ${of.length - SHOWN} more` : ''}
  </>
);
