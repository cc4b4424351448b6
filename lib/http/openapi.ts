export const openApi = (version: string) => ({ openapi: '3.1.0', info: { version } });
