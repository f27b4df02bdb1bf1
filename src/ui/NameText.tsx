import { Fragment } from 'react';

/** A name that may break after the marks between its words, not inside them: `grandparent_process_name`, `process.parent.executable`. */
export const NameText = ({ name }: { readonly name: string }) =>
  name.split(/(?<=[._:/])/).map((part, index) => (
    <Fragment key={index}>
      {index === 0 ? null : <wbr />}
      {part}
    </Fragment>
  ));
