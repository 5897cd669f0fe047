const browsers: [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, "Edge"],
  [/\bOPR\/|\bOpera\b/, "Opera"],
  [/\bFirefox\/|\bFxiOS\//, "Firefox"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(?:Headless)?Chrom(?:e|ium)\/|\bCriOS\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];
const systems: [RegExp, string][] = [
  [/\biPhone\b|\biPad\b/, "iOS"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bMacintosh\b|\bMac OS X\b/, "macOS"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
];
const first = (known: [RegExp, string][], text: string) => known.find(([sign]) => sign.test(text))?.[1];

/**
 * Browser and system in a few words, from what the browser says of itself: enough to recognise one's own desk, too little to
 * follow anybody. Null when it says nothing that we know.
 */
export const deviceOf = (userAgent: string | undefined): string | null => {
  const text = (userAgent ?? "").slice(0, 500);
  return [first(browsers, text), first(systems, text)].filter(Boolean).join(", ") || null;
};
