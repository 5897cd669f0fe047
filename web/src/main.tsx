import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { queries } from "./kit/call.ts";
import { languageInUse, loadWords, WordsProvider } from "./kit/words.tsx";
import { router } from "./routes.tsx";
import { wearTheme } from "./shell/theme.ts";

wearTheme();
const words = await loadWords(languageInUse());
document.documentElement.lang = words.language;

createRoot(document.getElementById("app")!).render(
  <StrictMode>
    <WordsProvider initial={words}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </WordsProvider>
  </StrictMode>,
);
