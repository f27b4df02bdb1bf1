import { ValueText } from '../../ui/ValueText';

/** A value of a catalog rule, and the macro it comes from; null: the rule itself says it. */
export const LeafValue = ({ text, macro }: { readonly text: string; readonly macro: string | null }) => (
  <>
    <ValueText text={text} />
    {macro === null ? null : <span className="badge from">from {macro}</span>}
  </>
);
