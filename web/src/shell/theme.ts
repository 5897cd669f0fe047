export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];
const KEY = "ar_theme";

/** Storage may be closed to us (private windows): then the system decides. */
export const themeInUse = (): Theme => {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === "light" || kept === "dark" ? kept : "system";
  } catch {
    return "system";
  }
};

export const wearTheme = (theme: Theme = themeInUse()): void => {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
};

export const keepTheme = (theme: Theme): void => {
  wearTheme(theme);
  try {
    if (theme === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // The choice lasts as long as the page.
  }
};
