/** Line drawings on a 16 px square, in the colour of their text; never alone but for the theme, new and close buttons. */
const DRAWINGS = {
  check: 'M3 8.5l3.2 3.2L13 4.8',
  near: 'M2.5 6.5c2-2.4 3.6-2.4 5.5-1s3.5 1.4 5.5-1M2.5 11.5c2-2.4 3.6-2.4 5.5-1s3.5 1.4 5.5-1',
  missing: 'M8 2.8a5.2 5.2 0 1 1 0 10.4a5.2 5.2 0 1 1 0-10.4',
  new: 'M8 2.5v11M2.5 8h11M4.2 4.2l7.6 7.6M11.8 4.2l-7.6 7.6',
  none: 'M3 8h10',
  differs: 'M3 6h10M3 10h10M10.5 3l-5 10',
  warning: 'M8 2.2L14.5 13.5h-13zM8 6.5V10M8 11v1.3',
  error: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6',
  info: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M8 7v4.2M8 4.5V6',
  ask: 'M5.2 5.6a2.8 2.8 0 1 1 4.3 2.3c-1 .6-1.5 1.1-1.5 2.1M8 12v1.3',
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 0 1 0-9M10.3 10.3L14 14',
  moon: 'M13.5 9.8A6 6 0 0 1 6.2 2.5a6 6 0 1 0 7.3 7.3z',
  sun: 'M8 5a3 3 0 1 1 0 6a3 3 0 0 1 0-6M8 1v1.6M8 13.4V15M1 8h1.6M13.4 8H15M3 3l1.2 1.2M11.8 11.8L13 13M13 3l-1.2 1.2M4.2 11.8L3 13',
  system: 'M2 3h12v8H2zM6 14h4M8 11v3',
  left: 'M10 3.5L5.5 8L10 12.5',
  right: 'M6 3.5L10.5 8L6 12.5',
  down: 'M3.5 6L8 10.5L12.5 6',
  up: 'M3.5 10L8 5.5l4.5 4.5',
  out: 'M6 3.5H3.5v9h9V10M9 3h4v4M13 3L7.5 8.5',
  close: 'M4 4l8 8M12 4l-8 8',
  plus: 'M8 3v10M3 8h10',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
} as const;

export type IconName = keyof typeof DRAWINGS;

interface IconProps {
  readonly name: IconName;
  readonly size?: 'small' | 'tiny';
  readonly className?: string;
}

/** Decoration beside a word; hidden from the accessibility tree. */
export function Icon({ name, size, className }: IconProps) {
  const heavy = name === 'check' || name === 'more';
  return (
    <svg className={['icon', size, className].filter(Boolean).join(' ')} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path
        d={DRAWINGS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth={heavy ? 2 : 1.5}
        strokeLinejoin="round"
        strokeLinecap={name === 'more' ? 'round' : 'butt'}
        strokeDasharray={name === 'missing' ? '2.6 1.9' : undefined}
      />
    </svg>
  );
}
