import { useCatalogQuery } from '../../state/threads/use-catalog-query';
import { Banner } from '../../ui/Banner';
import { askedOf, replaced } from '../../syntax/search-query';
import { orderRemark } from './queryText';

interface QueryRemarksProps {
  readonly query: string;
  readonly onQuery: (query: string) => void;
}

/** What in the search cannot mean what its writer thinks, with what could stand instead. */
export function QueryRemarks({ query, onQuery }: QueryRemarksProps) {
  const asked = askedOf(query);
  const { value } = useCatalogQuery(`remarks ${asked}`, (api) => api.remarks(asked));
  const remarks = [...(value ?? []), ...orderRemark(query)];
  return remarks.map(({ part, says, instead }) => (
    <Banner
      key={part}
      kind="warning"
      actions={
        instead === null ? undefined : (
          <button type="button" className="btn" onClick={() => onQuery(replaced(query, part, instead))}>
            Use <code>{instead}</code>
          </button>
        )
      }
    >
      <code>{part}</code> {says}
    </Banner>
  ));
}
