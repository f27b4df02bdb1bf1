import { pathOf } from '../state/links/routes';
import { Page, PageHead } from '../ui/layout/Page';

/** An address that leads nowhere; nothing is opened in its place. */
export default function UnknownPage({ path }: { readonly path: string }) {
  return (
    <Page name="No such page">
      <PageHead
        title="There is no page at this address"
        lead={
          <>
            <code>{path}</code> is none of ours, or was cut off when it was copied. Your drafts are where they were.
          </>
        }
        actions={
          <button type="button" className="btn" onClick={() => (location.hash = pathOf.workbench())}>
            To the workbench
          </button>
        }
      />
    </Page>
  );
}
