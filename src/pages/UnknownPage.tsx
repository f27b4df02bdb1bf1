import { pathOf } from '../state/links/routes';
import { Empty } from '../ui/Empty';
import { Page } from '../ui/layout/Page';

/** An address that leads nowhere; nothing is opened in its place. */
export default function UnknownPage({ path }: { readonly path: string }) {
  return (
    <Page name="No such page">
      <Empty title="There is no page at this address" action={{ name: 'To the workbench', run: () => (location.hash = pathOf.workbench()) }}>
        <code>{path}</code> is none of ours, or was cut off when it was copied. Your drafts are where they were.
      </Empty>
    </Page>
  );
}
