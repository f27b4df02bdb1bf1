/** How many comparisons may still be tried before it is given up; none where there is no time left. */
export class Effort {
  private left = 0;
  private readonly late: () => boolean;

  constructor(isLate: () => boolean) {
    this.late = isLate;
  }

  /** From here on so many may be tried. */
  renew(amount: number): void {
    this.left = amount;
  }

  spend(cost: number): void {
    this.left -= cost;
  }

  get remaining(): number {
    return this.left;
  }

  get isLate(): boolean {
    return this.late();
  }

  get isSpent(): boolean {
    return this.left <= 0 || this.late();
  }
}
