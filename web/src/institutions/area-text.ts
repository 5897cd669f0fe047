import { type GeographicArea, regions } from "@area/api";
import type { ScreenWords } from "@area/words/screens/it";

export const areaText = (screens: ScreenWords, area: GeographicArea): string =>
  area.level === "national"
    ? screens.areas.national
    : screens.areas.named(screens.areas[area.level], area.level === "region" ? regions[area.code] : area.name);
