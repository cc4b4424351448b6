/** Where the OSV project publishes all databases. */
export const usualAdvisoryHost = 'https://osv-vulnerabilities.storage.googleapis.com';
