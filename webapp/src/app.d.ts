declare global {
  namespace App {
    interface Error {
      message: string;
      /** What was thrown. */
      cause?: unknown;
    }

    interface PageState {
      /** True where the page before this one is ours, so that going back closes what was opened. */
      opened?: boolean;
    }
  }
}

export {};
