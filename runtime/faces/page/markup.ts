/** HTML as values: text is always escaped, and there is no way to put it in as it is. */

export interface Markup {
  readonly html: string;
}

type Child = Markup | string | null;
type Attributes = Readonly<Record<string, string | number | null>>;

/** An element; attributes that are null are left out. */
export function tag(name: string, attributes: Attributes, ...children: readonly (Child | readonly Child[])[]): Markup {
  const written = Object.entries(attributes)
    .flatMap(([key, value]) => (value === null ? [] : [` ${key}="${escaped(String(value))}"`]))
    .join('');
  const after = inline.has(name) ? '' : '\n';
  if (empty.has(name)) return { html: `<${name}${written}>${after}` };
  return { html: `<${name}${written}>${all(...children.flat()).html}</${name}>${after}` };
}

/** Elements and text side by side. */
export function all(...children: readonly Child[]): Markup {
  return {
    html: children
      .map(child => (child === null ? '' : typeof child === 'string' ? escaped(child) : child.html))
      .join(''),
  };
}

/** The style of a page: the program's own text, never a user's. */
export function style(css: string): Markup {
  return { html: `<style>${css}</style>` };
}

const empty: ReadonlySet<string> = new Set(['meta', 'link', 'input']);
/** Around these a line break would be a space to the eye. */
const inline: ReadonlySet<string> = new Set([
  'span',
  'a',
  'option',
  'label',
  'button',
  'strong',
  'code',
  'svg',
  'path',
  'rect',
  'circle',
  'summary',
  'dt',
  'th',
  'td',
]);

/** Most texts have nothing to escape, and pages have many texts. */
function escaped(text: string): string {
  if (!/[&<>"']/.test(text)) return text;
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
