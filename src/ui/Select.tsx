import { Icon } from './Icon';

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly name: string }[];
  readonly onChange: (value: string) => void;
  readonly disabled?: boolean;
}

/** The system's own list of choices, in our dress. */
export const Select = ({ label, value, options, onChange, disabled }: SelectProps) => (
  <span className="select">
    <select aria-label={label} value={value} disabled={disabled} onChange={(event) => onChange(event.target.value)}>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.name}
        </option>
      ))}
    </select>
    <Icon name="down" size="small" />
  </span>
);
