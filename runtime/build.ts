/** Which build this is: caches of another build are not read. */
declare const __BUILD_ID__: string | undefined;

/** The hash of the sources that the build was made from; null where the sources run unbuilt. */
export function buildId(): string | null {
  return typeof __BUILD_ID__ === 'string' ? __BUILD_ID__ : null;
}
