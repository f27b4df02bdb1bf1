import { useActive, useTechnique } from '../../state/select';
import { setState, useStore, type View } from '../../state/store';

/** What the window shows where it holds one thing: at the thumb. */
export function ViewBar() {
  const view = useStore((state) => state.view);
  const drafts = useStore((state) => state.drafts.length);
  const stages = useActive()?.report.rule.analysis.stages.length ?? null;
  const technique = useTechnique();
  const views: readonly { readonly id: View; readonly name: string; readonly note: string }[] = [
    { id: 'text', name: 'Text', note: 'editor' },
    { id: 'rule', name: 'Rule', note: stages === null ? 'what it says' : `${stages} ${stages === 1 ? 'stage' : 'stages'}` },
    { id: 'guide', name: 'Guide', note: technique ?? 'no technique' },
    { id: 'drafts', name: 'Drafts', note: drafts.toLocaleString('en') },
  ];
  return (
    <nav className="viewbar" aria-label="Views">
      {views.map(({ id, name, note }) => (
        <button key={id} type="button" className="inset-focus" aria-current={id === view ? 'page' : undefined} onClick={() => setState({ view: id })}>
          <b>{name}</b> <small>{note}</small>
        </button>
      ))}
    </nav>
  );
}
