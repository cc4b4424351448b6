/** Up to where the checks `break.*` know Kubernetes. Their facts are from the release notes and from the code of each minor; each check links its source. */
export const breakData = { dataAsOf: '2026-11-28', newestMinor: '1.37' } as const;
