import { Component, type ReactNode } from 'react';

interface BoundaryProps {
  /** What stands in the place of children that threw; `again` draws them anew. */
  readonly failed: (error: unknown, again: () => void) => ReactNode;
  /** Told of every error, once. */
  readonly onFailure?: (error: unknown) => void;
  /** When it changes, children that threw are drawn anew. */
  readonly about?: string;
  readonly children: ReactNode;
}

interface Caught {
  readonly error: { readonly value: unknown } | null;
  readonly about: string | undefined;
}

/** Keeps an error in drawing to its place. A class, for React has no other way to catch one. */
export class Boundary extends Component<BoundaryProps, Caught> {
  override state: Caught = { error: null, about: this.props.about };

  static getDerivedStateFromProps({ about }: BoundaryProps, state: Caught): Caught | null {
    return about === state.about ? null : { error: null, about };
  }

  static getDerivedStateFromError(value: unknown): Pick<Caught, 'error'> {
    return { error: { value } };
  }

  override componentDidCatch(error: unknown): void {
    this.props.onFailure?.(error);
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error === null ? this.props.children : this.props.failed(error.value, () => this.setState({ error: null }));
  }
}
