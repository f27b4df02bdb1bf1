import { Fragment } from 'react';

/** A name that may break between its words, not inside them: `grandparent_process_name`, `process.parent.executable`, `AuthorizeSecurityGroupIngress`. */
export const NameText = ({ name }: { readonly name: string }) =>
  name.split(/(?<=[._:/])|(?<=[a-z\d])(?=[A-Z])/).map((part, index) => (
    <Fragment key={index}>
      {index === 0 ? null : <wbr />}
      {part}
    </Fragment>
  ));
