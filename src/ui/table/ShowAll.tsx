/** Below the first rows: the rest on request. */
export const ShowAll = ({ count, onShow }: { readonly count: number; readonly onShow: () => void }) => (
  <p className="more">
    <button type="button" className="link" onClick={onShow}>
      Show all {count.toLocaleString('en')}
    </button>
  </p>
);
