// Written by tools/analyser.ts. Do not edit.
/** Analyses of another version are made anew. */
export const analyserVersion = '43dfbf6a195e5ed7';
