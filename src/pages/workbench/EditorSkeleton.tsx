import { useStore } from '../../state/store';

/** The text itself, uncoloured, until the editor is there: nothing waits for it to be read. */
export function EditorSkeleton() {
  const text = useStore((state) => state.doc.text);
  return (
    <pre className="code waiting" aria-label="Rule text, editor loading">
      {text}
    </pre>
  );
}
