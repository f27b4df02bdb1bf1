import { Icon, type IconName } from './Icon';

export type MarkKind = 'has' | 'near' | 'missing' | 'new' | 'contradicts' | 'does-not-apply';

const LOOKS: Readonly<Record<MarkKind, readonly [IconName, string]>> = {
  has: ['check', 'has'],
  near: ['near', 'near'],
  missing: ['missing', 'missing'],
  new: ['new', 'not in guide'],
  contradicts: ['differs', 'contradicts'],
  'does-not-apply': ['none', 'does not apply'],
};

/** How something stands to something else: an icon and its word. */
export function Mark({ kind }: { readonly kind: MarkKind }) {
  const [icon, word] = LOOKS[kind];
  return (
    <span className={`mark ${kind}`}>
      <Icon name={icon} size="small" />
      {word}
    </span>
  );
}
