/** Where a scan is; `done` of `total` steps, and what is being done now. */
export interface ProgressEvent {
  readonly done: number;
  readonly total: number;
  /** A few words in the present tense, e.g. `reading pods`. */
  readonly doing: string;
}
export type Progress = (event: ProgressEvent) => void;
