/** The tag of an image, without a digest; undefined where it has none. A port of the registry is no tag. */
export const tagOf = (image: string): string | undefined =>
  /^[^@:]*:(\w[\w.+-]{0,127})(?:@|$)/.exec(image.slice(image.lastIndexOf('/') + 1))?.[1];
