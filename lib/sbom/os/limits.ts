/** More packages than any distribution has: a database that names more is made to harm. */
export const mostPackages = 100_000;

/** What is said of a database with too many packages; nothing of one with fewer. */
export const tooManyPackages = (count: number): { unreadable: string } | undefined =>
  count > mostPackages ? { unreadable: `it names more than ${mostPackages} packages` } : undefined;

/** What is said of a database with too many files. */
export const tooManyFiles = { unreadable: 'its packages own more files than any system has' } as const;
