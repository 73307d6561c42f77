/** Whether `If-None-Match` names what there is, compared weakly (RFC 9110 §13.1.2): one tag, a list of them, or `*`. */
export function matchesETag(known: string | undefined, etag: string): boolean {
  if (known === undefined) return false;
  const opaque = (tag: string): string => tag.trim().replace(/^W\//, '');
  return known.trim() === '*' || known.split(',').some((tag) => opaque(tag) === opaque(etag));
}
