export const analyserVersion = '0';
