import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The look is the server's (`/look/look.css`); here only scripts are built, each under a name that carries its digest. */
export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    assetsDir: "assets",
    assetsInlineLimit: 0,
    target: "es2023",
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
});
