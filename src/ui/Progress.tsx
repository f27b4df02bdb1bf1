interface ProgressProps {
  readonly label: string;
  readonly loaded: number;
  /** 0: not known yet. */
  readonly total: number;
}

/** Real progress as a thin bar; nothing moves that does not tell the truth. */
export const Progress = ({ label, loaded, total }: ProgressProps) => (
  <progress className="progress" aria-label={label} max={Math.max(1, total)} value={total === 0 ? 0 : Math.min(loaded, total)} />
);
