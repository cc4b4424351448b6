/**
 * The last net before anything is written: facts are reduced by schemas that never let secrets in, and this removes what looks like one all the same.
 * Order matters: whole blocks first. Idempotent.
 */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z0-9 ]*PRIVATE KEY-----|$)/g, '[private key removed]'],
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g, '[token removed]'],
  [/\bBearer\s+(?!\[|authenti)[A-Za-z0-9._~+/=-]{8,}/gi, 'Bearer [credential removed]'],
  // base64 of user and password has digits or padding in it; "basic authentication" has not
  [/\bBasic\s+(?!\[)(?=[A-Za-z+/]*[0-9=])[A-Za-z0-9+/=]{8,}/gi, 'Basic [credential removed]'],
  [/(\/\/[^/\s:@]+):[^/\s@[]+@/g, '$1:[password removed]@'],
  [/\b([a-z0-9]{6})\.[a-z0-9]{16}\b/g, '$1.[token removed]'],
];

/** A text without anything that looks like a private key, a token or a password in a URL. */
export const redact = (text: string): string => patterns.reduce((left, [pattern, instead]) => left.replace(pattern, instead), text);
