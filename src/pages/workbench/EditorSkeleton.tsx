import { useStore } from '../../state/store';

/** Characters that fill any window: laying out more of a long text would keep the editor waiting. */
const SHOWN = 20_000;

/** The text itself, uncoloured, until the editor is there: nothing waits for it to be read. */
export function EditorSkeleton() {
  const text = useStore((state) => state.doc.text);
  return <pre className="code waiting">{text.slice(0, SHOWN)}</pre>;
}
