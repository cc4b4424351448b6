/**
 * Where the HTTP side reports. Codes never change, fields may. Fields hold no header, no query, no body and no token.
 * REQUEST_DONE · REQUEST_BROKEN (a bug) · ANSWER_UNFIT (an answer that breaks the contract: a bug) · AUDIT_NOT_WRITTEN · SERVER_LISTENING · SERVER_CLOSED
 */
export type Log = (level: 'info' | 'error', code: LogCode, fields: Readonly<Record<string, string | number>>) => void;
export type LogCode = 'REQUEST_DONE' | 'REQUEST_BROKEN' | 'ANSWER_UNFIT' | 'AUDIT_NOT_WRITTEN' | 'SERVER_LISTENING' | 'SERVER_CLOSED';
